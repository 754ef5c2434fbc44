# The two promises of the README, and what developers run. Without make: see README.md.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: site public test serve check format lock audit sbom words bench clean

site: .venv/site.stamp
	$(BIN)/python publish.py build

# What may be published, and proof that it may: see docs/rights.md and docs/deploy.md.
public: .venv/site.stamp
	$(BIN)/python publish.py build --profile public
	$(BIN)/python publish.py check

test: .venv/test.stamp
	$(BIN)/python -m pytest

serve: .venv/site.stamp
	$(BIN)/python publish.py serve

# Lints, types, layers: what .ci/run runs beside the tests.
check: .venv/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/zizmor --offline --quiet .github/workflows

format: .venv/dev.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Every requirement with its hashes, for any system and Python from 3.11; wheels only, for they run nothing when installed.
lock: .venv/dev.stamp
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --only-binary :all: --emit-build-options --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements/site.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --only-binary :all: --emit-build-options --generate-hashes --no-emit-index-url --no-header --extra test -c requirements/site.txt pyproject.toml -o requirements/test.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --only-binary :all: --emit-build-options --generate-hashes --no-emit-index-url --no-header --extra test --extra dev -c requirements/test.txt pyproject.toml -o requirements/dev.txt

# Known vulnerabilities of what is installed, from PyPI's list: needs the network.
audit: .venv/dev.stamp
	$(BIN)/pip-audit --require-hashes --disable-pip -r requirements/site.txt

# What a site is built with, for those who must know: CycloneDX, the same bytes for the same lock file.
sbom: .venv/dev.stamp
	mkdir -p dist
	$(BIN)/cyclonedx-py requirements --output-reproducible --of JSON --pyproject pyproject.toml -o dist/sbom.cdx.json requirements/site.txt

bench: .venv/test.stamp
	$(BIN)/python benchmarks/run.py
	$(BIN)/python benchmarks/site.py

clean:
	rm -rf output work content/articles

.venv/made:
	$(PYTHON) -m venv .venv
	touch $@

.venv/site.stamp .venv/test.stamp .venv/dev.stamp: .venv/%.stamp: requirements/%.txt | .venv/made
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	touch $@

# The interface's words: gathers them from code, templates and script, and brings the catalogues up to date. New words stand
# untranslated then; the tests say which.
words: .venv/dev.stamp
	mkdir -p work
	$(BIN)/pybabel -q extract -F theme/locale/babel.cfg -k N_ -k _n:1,2 --no-location --sort-output --omit-header --no-wrap -o work/messages.pot .
	for po in theme/locale/*.po; do $(BIN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete --no-wrap --ignore-pot-creation-date -i work/messages.pot -o $$po -l $$(basename $$po .po); done
