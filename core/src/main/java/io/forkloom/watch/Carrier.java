package io.forkloom.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A carrier in use, at one moment.
 *
 * @param task the number of its native thread, by which the kernel knows it; 0 where that is not told
 * @param thread the number of the virtual thread that it runs
 * @param frames of the virtual thread, innermost first
 * @param waiting what it waits for, as the JVM has it, where that is a monitor or a class; may be empty
 */
record Carrier(String name, long task, long thread, List<Frame> frames, String waiting) {
    private static final Pattern HEADER = Pattern.compile("\"(.*)\" #\\d+ \\[(\\d+)\\].*");
    private static final String MOUNTED = "Mounted virtual thread #";
    private static final String AT = "at ";
    private static final Pattern WAITING =
            Pattern.compile("- (waiting to lock|waiting on the Class initialization monitor for) ?(.*)");

    /** Of a dump by the command Thread.print. */
    static List<Carrier> parse(String dump) {
        var carriers = new ArrayList<Carrier>();
        String header = "";
        var lines = dump.lines().iterator();
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.startsWith("\"")) {
                header = line;
            } else if (line.strip().startsWith(MOUNTED)) {
                carriers.add(mounted(header, line.strip(), lines));
            }
        }
        return carriers;
    }

    private static Carrier mounted(String header, String first, java.util.Iterator<String> lines) {
        var frames = new ArrayList<Frame>();
        String waiting = "";
        while (lines.hasNext()) {
            String line = lines.next().strip();
            if (line.isEmpty()) {
                break;
            }
            if (line.startsWith(AT)) {
                frames.add(Frame.parse(line.substring(AT.length())));
            } else if (frames.size() == 1) {
                var match = WAITING.matcher(line);
                if (match.matches()) {
                    waiting = match.group(1).startsWith("waiting to lock")
                            ? "waits for a monitor"
                            : "waits for another thread that initialises " + match.group(2);
                }
            }
        }
        var match = HEADER.matcher(header);
        boolean known = match.matches();
        return new Carrier(
                known ? match.group(1) : header,
                known ? Long.parseLong(match.group(2)) : 0,
                number(first.substring(MOUNTED.length())),
                List.copyOf(frames),
                waiting);
    }

    private static long number(String text) {
        int end = 0;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        return end == 0 ? 0 : Long.parseLong(text.substring(0, end));
    }
}
