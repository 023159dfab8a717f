# The two commands: `make run` opens the program on the sample book, `make test` runs everything that is checked.
# Both set up what they need first. `make bench` measures, `make prove` runs the full-size proofs.

PYTHON_HERE = env -u PYTHONPATH -u PYTHONHOME -u PYTHONDONTWRITEBYTECODE .venv/bin/python

.PHONY: run test check bench prove clean help

run:
	@sh packaging/set_up.sh run
	@$(PYTHON_HERE) -I packaging/start.py

test:
	@sh packaging/set_up.sh test
	@$(MAKE) --no-print-directory check

# What `make test` runs once everything is set up.
check:
	$(PYTHON_HERE) -m ruff format --check --quiet .
	$(PYTHON_HERE) -m ruff check --quiet --output-format concise .
	$(PYTHON_HERE) -m mypy
	$(PYTHON_HERE) -I -c "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_logo=True))"
	$(PYTHON_HERE) -m pytest -n 2 --dist loadfile

bench:
	@sh packaging/set_up.sh test
	@$(PYTHON_HERE) -I packaging/bench.py $(ARGS)

# make prove            lists the parts;  make prove PART=name [SEED=n | SEEDS=a-b [PROCESSES=n]]  runs one, from where
# it stopped
prove:
	@sh packaging/set_up.sh test
	@$(PYTHON_HERE) packaging/prove.py $(PART) $(if $(SEED),--seed $(SEED)) $(if $(SEEDS),--seeds $(SEEDS)) \
		$(if $(PROCESSES),--processes $(PROCESSES))

clean:
	rm -rf out build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info
	find partnerdesk resources tests packaging -name __pycache__ -type d -prune -exec rm -rf {} +

help:
	@echo "make run    set up, then open the program on the sample book (without a display: documents in out/)"
	@echo "make test   set up, then formatter, linter, types, import contracts, tests"
	@echo "make bench  median ratios against plain reference programs"
	@echo "make prove  the full-size proofs, one PART at a time"
