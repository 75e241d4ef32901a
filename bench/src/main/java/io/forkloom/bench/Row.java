package io.forkloom.bench;

import java.math.BigDecimal;
import java.math.MathContext;

/** One figure with its value. */
public record Row(Figure figure, double value) {
    /** More digits than any of these measurements can vouch for. */
    private static final MathContext DIGITS = new MathContext(5);

    public Row {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(figure.name() + " is " + value);
        }
    }

    public static Row of(String name, double value, Unit unit) {
        return new Row(new Figure(name, unit), value);
    }

    public String name() {
        return figure.name();
    }

    /** {@code {"name":"call.noop.p50","value":17.3,"unit":"us"}}; names and units need no escape. */
    public String json() {
        return "{\"name\":\"" + name() + "\",\"value\":" + digits() + ",\"unit\":\"" + figure.unit().symbol + "\"}";
    }

    /** The value for JSON and for people alike, without an exponent. */
    public String digits() {
        var rounded = new BigDecimal(value).round(DIGITS);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }
}
