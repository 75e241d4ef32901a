package io.forkloom.cli.crawl;

import io.forkloom.cli.crawl.fetch.Validators;
import io.forkloom.cli.crawl.journal.Skip;
import java.util.List;

/** No failure: an input gives no result, and the stages behind have nothing to do with it. */
final class SkippedException extends Exception {
    private static final long serialVersionUID = 1;

    private final Skip why;
    private final transient Validators validators;

    /** Where it leads all the same. */
    private final transient List<String> links;

    SkippedException(Skip why, Validators validators, List<String> links) {
        super(why.word(), null, false, false);
        this.why = why;
        this.validators = validators;
        this.links = links;
    }

    Skip why() {
        return why;
    }

    Validators validators() {
        return validators;
    }

    List<String> links() {
        return links;
    }
}
