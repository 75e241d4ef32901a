# `make` lists the targets. Maven is run on a JDK 25, so that the format is checked too.
export JAVA_HOME := $(shell scripts/find-jdk)
MVN := mvn -B -q

.PHONY: help build test soak fmt check-format demo clean
help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

build: ## compile and package, without tests
	$(MVN) -DskipTests package

test: ## everything that CI checks
	mvn -B verify

TESTS := core/target/classes:testkit/target/classes:testkit/target/test-classes
soak: ## random load and faults for SECONDS=60 with SEED=<a new one>; then the account
	$(MVN) -pl core,testkit -am test-compile
	"$(JAVA_HOME)/bin/java" -cp $(TESTS) io.forkloom.testkit.Soak "$(SECONDS)" "$(SEED)"

races: ## 100,000 cancels that race with the end of their tasks, on worker JVMs
	mvn -B -pl core,testkit -am verify -Drounds=1563 -Dsurefire.failIfNoSpecifiedTests=false \
		-Dtest='ProcessPoolIT#a_cancel_that_races_with_completion_leaves_exactly_one_outcome'

fmt: ## format all sources
	$(MVN) spotless:apply

check-format: ## say what `make fmt` would change
	$(MVN) spotless:check

demo: ## crawl a local site with five hostile pages
	./forkloom crawl --demo

clean: ## remove what was built
	$(MVN) clean
