# `make` lists the targets. Maven is run on a JDK 25, so that the format is checked too.
export JAVA_HOME := $(shell scripts/find-jdk)
MVN := mvn -B -q

.PHONY: help build test soak group-soak races crawl-kills fmt check-format demo bench jmh plots clean
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

group-soak: ## random trees of groups, ROUNDS=20000 of them, cancelled at random points; SEED=
	$(MVN) -pl core,testkit -am test-compile
	"$(JAVA_HOME)/bin/java" -cp $(TESTS) io.forkloom.testkit.GroupSoak "$(or $(ROUNDS),20000)" "$(SEED)"

races: ## 100,000 cancels that race with the end of their tasks, on worker JVMs; interrupts that race with channels
	mvn -B -pl core,testkit -am verify -Drounds=1563 -Dsurefire.failIfNoSpecifiedTests=false \
		-Dtest='ProcessPoolIT#a_cancel_that_races_with_completion_leaves_exactly_one_outcome,ChannelStress'

crawl-kills: ## kill a crawl of 20,000 pages fifty times with SIGKILL, and count its pages; SEED=
	mvn -B -pl core,testkit,examples,bench,cli -am verify -Dtest=CrawlKillIT -Dsurefire.failIfNoSpecifiedTests=false \
		-Dforkloom.kill.pages=20000 -Dforkloom.kill.times=50 $(if $(SEED),-Dforkloom.kill.seed=$(SEED))

fmt: ## format all sources
	$(MVN) spotless:apply

check-format: ## say what `make fmt` would change
	$(MVN) spotless:check

demo: ## crawl a local site with five hostile pages
	./forkloom crawl --demo

bench: ## measure everything beside its peers, as a table, on a machine with nothing else to do; PYTHON=
	./forkloom bench --peers $(if $(PYTHON),--python "$(PYTHON)")

JMH := org.openjdk.jmh.Main -f 1 -wi 5 -w 1 -i 5 -r 1
jmh: ## measure parts inside one JVM; FILTER= a part of a name
	$(MVN) -pl core,bench -am test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath.txt
	"$(JAVA_HOME)/bin/java" -cp "bench/target/test-classes:bench/target/classes:core/target/classes:$$(cat bench/target/classpath.txt)" \
		$(JMH) "$(FILTER)"

plots: build ## draw latency and throughput against payload size, ours and the peers', into docs/plots; PYTHON=
	"$(JAVA_HOME)/bin/java" -cp "cli/target/lib/*" io.forkloom.bench.plot.PlotMain docs/plots "$(PYTHON)"

clean: ## remove what was built
	$(MVN) clean
