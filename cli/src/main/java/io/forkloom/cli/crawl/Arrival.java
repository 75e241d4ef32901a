package io.forkloom.cli.crawl;

import io.forkloom.cli.crawl.deliver.Parcel;
import io.forkloom.cli.crawl.fetch.Validators;
import io.forkloom.cli.crawl.journal.Ending;
import io.forkloom.cli.crawl.journal.Found;
import io.forkloom.cli.crawl.journal.Input;
import java.util.List;

/** An input that comes to its end. */
sealed interface Arrival {
    Input input();

    /** Bytes that it keeps in memory until it is noted. */
    int weight();

    /** A result, to be delivered first. */
    record Parsed(Input input, Parcel parcel, Validators validators, List<Found> links) implements Arrival {
        @Override
        public int weight() {
            return parcel.result().json().length;
        }
    }

    /** Nothing to deliver. */
    record Ended(Ending ending) implements Arrival {
        @Override
        public Input input() {
            return ending.input();
        }

        @Override
        public int weight() {
            return 0;
        }
    }
}
