package io.forkloom.pipeline;

import io.forkloom.pipeline.Step.Batching;
import io.forkloom.pipeline.Step.Branching;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Builds the running stages of a description, and starts them; from the ends to the beginning, as each needs its outlet. */
final class Assembly {
    private final Flow flow;

    /** How many stages are still to be built: those before the one that was built last. */
    private int left;

    private Assembly(Flow flow) {
        this.flow = flow;
        this.left = flow.tally().stages();
    }

    /** Gives what the source's items are to be sent into. */
    static Outlet of(List<Step> steps, Flow flow) {
        return new Assembly(flow).build(steps);
    }

    private Outlet build(List<Step> steps) {
        Outlet outlet = new Outlet.Done(flow.tally());
        for (var step : steps.reversed()) {
            outlet = switch (step) {
                case Stage stage -> running(stage, outlet);
                case Batching batching -> running(batching, outlet);
                case Branching(var branches) -> all(branches); // the last step: there is nothing behind it
            };
        }
        return outlet;
    }

    private Inlet running(Stage stage, Outlet outlet) {
        var inlet = new Inlet(stage.bounds().room(), flow);
        new RunningStage(stage, flow.tally().stage(--left), flow, inlet, outlet).fork();
        return inlet;
    }

    private Inlet running(Batching batching, Outlet outlet) {
        var inlet = new Inlet(batching.room(), flow);
        new RunningBatch(batching, flow.tally().stage(--left), flow, inlet, outlet).fork();
        return inlet;
    }

    private Outlet all(List<List<Step>> branches) {
        var outlets = new ArrayList<Outlet>();
        for (var branch : branches.reversed()) {
            outlets.add(build(branch));
        }
        Collections.reverse(outlets);
        return new Outlet.All(List.copyOf(outlets));
    }
}
