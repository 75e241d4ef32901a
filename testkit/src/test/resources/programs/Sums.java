import io.forkloom.*;
import java.io.Serializable;

/** A program in one file, as {@code java Sums.java} runs it: none of its classes is on any class path. */
record Point(int x, int y) implements Serializable {}

static class OutOfField extends Exception {
    OutOfField(Point point) {
        super("out of field: " + point);
    }
}

interface Shape {
    int area();
}

record Square(int side) implements Shape, Serializable {
    public int area() {
        return side * side;
    }
}

static int factor = 1;

static Point scaled(Point point) throws OutOfField {
    if (point.x() > 100) {
        throw new OutOfField(point);
    }
    return new Point(factor * point.x(), factor * point.y());
}

static void prepare() {
    factor = new Square(3).area();
}

int twice(int number) {
    return 2 * number;
}

void main() throws Exception {
    try (var pool = ProcessPool.open(c -> c.workers(1).heap("64m").initializer(() -> prepare()))) {
        IO.println(pool.call(point -> scaled(point), new Point(1, 2)));
        IO.println(pool.call(Square::area, new Square(5)));
        switch (pool.submit(point -> scaled(point), new Point(101, 0)).await()) {
            case Outcome.Failed<?>(OutOfField cause, var _) -> IO.println(cause.getMessage());
            case Outcome<?> other -> IO.println(other);
        }
        try {
            pool.call(() -> twice(3));
        } catch (SerialisationException e) {
            IO.println(e.getMessage());
        }
    }
}
