# Verbs only; the build truth is CMakeLists.txt with CMakePresets.json.
#   make            build/dateline and build/libdateline.{a,so} from what is installed
#   make demo       install what is missing, build, code a sample article
#   make model DATA=<folder>  train models/en.model anew: models/README.md
#   make test       install what is missing, build, lint, run all tests with and without sanitizers
PREFIX ?= /usr/local

.PHONY: all demo test lint format asan tsan fuzz bench model install clean

all:
	@cmake --preset release >/dev/null
	@cmake --build --preset release

demo:
	@tools/setup build
	@$(MAKE) --no-print-directory all
	@build/dateline code --date 2024-05-17 --to table examples/article.txt

test:
	@tools/setup test
	@$(MAKE) --no-print-directory lint
	@$(MAKE) --no-print-directory tsan
	@$(MAKE) --no-print-directory asan
	@$(MAKE) --no-print-directory all
	@ctest --preset release

lint: all
	@tools/lint/lint

format:
	@tools/lint/lint --fix-format

asan tsan:
	@cmake --preset $@ >/dev/null
	@cmake --build --preset $@
	@ctest --preset $@

fuzz:
	@cmake --preset fuzz >/dev/null
	@cmake --build --preset fuzz
	@echo "now run: build-fuzz/fuzz/fuzz_text fuzz/corpus/text"

bench: all
	@bench/run

model:
	@test -n "$(DATA)" || { echo "usage: make model DATA=<folder with ud/, ner/, freenews/>: models/README.md"; exit 2; }
	@DATELINE_DATA="$(DATA)" sh train/run.sh
	@cp train/work/en.bin models/en.model
	@cp train/work/en.trace tests/data/en.trace

# The prefix is compiled in: the library looks for its model there. DESTDIR is not, it stands before all paths.
install:
	@cmake --preset release -DCMAKE_INSTALL_PREFIX=$(abspath $(PREFIX)) >/dev/null
	@cmake --build --preset release
	@cmake --install build

clean:
	rm -rf build build-asan build-tsan build-fuzz build-debug
