package io.forkloom.cli.crawl.fetch;

/** What runs while a body is read, and stands still while the read waits for us. */
interface Clock {
    /** For what has no deadline, such as the read of a file. */
    Clock NONE = new Clock() {
        @Override
        public void go() {}

        @Override
        public void pause() {}
    };

    void go();

    void pause();
}
