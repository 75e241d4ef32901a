package io.forkloom.cli.crawl.deliver;

import io.forkloom.cli.crawl.parse.Result;
import java.io.IOException;
import java.util.Arrays;

/** How a result becomes a line. */
interface LineFormat {
    /** What a file begins with. */
    byte[] header();

    /** With its end of line; a value in it may have line ends of its own. */
    byte[] line(Result result) throws IOException;

    /** As the worker wrote it. */
    LineFormat JSON = new LineFormat() {
        @Override
        public byte[] header() {
            return new byte[0];
        }

        @Override
        public byte[] line(Result result) {
            byte[] line = Arrays.copyOf(result.json(), result.json().length + 1);
            line[line.length - 1] = '\n';
            return line;
        }
    };
}
