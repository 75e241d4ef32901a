import io.forkloom.*;
import java.util.*;
record Point(int x, int y) implements java.io.Serializable { Point moved() { return new Point(x + step, y); } }
int step = 10;
int factor = 2;
String[] words = {"a", "b"};
int scaled(int n) { return n * factor; }
int deep(int n) { return java.util.stream.IntStream.of(n).map(i -> scaled(i)).sum(); }
class Counter implements Task<Integer> { public Integer call() { return factor + 100; } }
interface Rule { int of(int n); }
record Adding(int n) implements Rule, java.io.Serializable { public int of(int m) { return n + m + step; } }
TaskFunction<Integer, Integer> tripled = n -> 3 * n + step;
var lock = new Object();
var pool = ProcessPool.open(c -> c.workers(1).heap("64m"));
pool.call(() -> 1 + 1)
int second = pool.call(() -> $15 + factor)
IO.println("second " + second);
IO.println(pool.call(Point::moved, new Point(1, 2)));
IO.println(pool.call(n -> deep(n), 4));
factor = 3;
IO.println(pool.call(n -> deep(n), 4));
IO.println(pool.call(() -> words.length + words[1]));
IO.println(pool.call(new Counter()));
IO.println(pool.call((rule, n) -> rule.of(n), (Rule) new Adding(1), 2));
IO.println(pool.call(() -> tripled.apply(5)));
try (var results = pool.map((Rule rule) -> rule.of(0), List.<Rule>of(new Adding(1), new Adding(2))).chunk(2)) { var all = new ArrayList<Integer>(); results.forEach(all::add); IO.println(all); }
try { pool.call(() -> lock.hashCode()); } catch (SerialisationException e) { IO.println(e.getMessage()); }
try { pool.call(() -> { throw new IllegalStateException("thrown with " + factor); }); } catch (TaskFailedException e) { IO.println(e.getMessage()); }
pool.close();
/exit
