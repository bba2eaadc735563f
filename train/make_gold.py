"""labels.json, and gold0.npz: the treebanks without a teacher (baseline)."""
import json
import corpus
import data
ewt, gum = data.treebanks('train')
labels = data.Labels(ewt + gum, 2)
json.dump({'morph': labels.morph, 'label': labels.label}, open('work/labels.json', 'w'))
corpus.Corpus.of(ewt + gum, labels).save('work/gold0.npz')
