# Verbs only; the build truth is CMakeLists.txt.
BUILD ?= build
.PHONY: all
all:
	cmake -S . -B $(BUILD) -G Ninja -DCMAKE_BUILD_TYPE=Release >/dev/null
	cmake --build $(BUILD)
