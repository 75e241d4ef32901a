package io.forkloom.pipeline;

import io.forkloom.pipeline.Origin.End;
import java.util.List;

/** Where results go: to the next stage, or here. */
sealed interface Outlet permits Inlet, Outlet.All, Outlet.Done {

    /** Waits while there is no room. */
    void send(Item item) throws InterruptedException;

    /** Nothing more will be sent. */
    void finish();

    /** Into each of several. */
    record All(List<Outlet> outlets) implements Outlet {
        @Override
        public void send(Item item) throws InterruptedException {
            // Before the first has it: it must not end there while it has not set out on its other ways.
            item.origins().forEach(origin -> origin.split(outlets.size()));
            for (var outlet : outlets) {
                outlet.send(item);
            }
        }

        @Override
        public void finish() {
            outlets.forEach(Outlet::finish);
        }
    }

    /** Nowhere: the last stage is done with them. */
    record Done(Tally tally) implements Outlet {
        @Override
        public void send(Item item) {
            item.origins().forEach(origin -> tally.end(origin, End.DONE));
        }

        @Override
        public void finish() {}
    }
}
