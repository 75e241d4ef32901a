package io.forkloom.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forkloom.Task;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The message names the fault and gives the right advice, whatever the objects on the way do. */
@SuppressWarnings({"serial", "unused"}) // the faults that are looked for
class FaultFinderTest {
    private static final String OUTER = FaultFinderTest.class.getTypeName();

    private static String problem(Object value) {
        try {
            Values.encode("it", value);
        } catch (CodecException e) {
            return String.valueOf(e.getMessage());
        }
        throw new AssertionError("it was serialised");
    }

    // What to do.

    static class Client {}

    record Point(int x) {}

    record Order(String id, Object held) implements Serializable {}

    static final class Fetcher implements Serializable {
        private static final long serialVersionUID = 1;
        private final Object client;

        Fetcher(Object client) {
            this.client = client;
        }
    }

    @Test
    void a_class_that_only_lacks_Serializable_is_told_so() {
        assertThat(problem(new Client()))
                .isEqualTo("it is not serialisable: " + OUTER + "$Client. Let " + OUTER
                        + "$Client implement java.io.Serializable, or pass what it was made from instead");
        assertThat(problem(new Point(1)))
                .contains("Let the record " + OUTER + "$Point implement java.io.Serializable")
                .doesNotContain("lambda");
    }

    @Test
    void a_class_of_the_jdk_cannot_be_changed() {
        assertThat(problem(new Thread()))
                .isEqualTo("it is not serialisable: java.lang.Thread. Pass what it was made from instead");
    }

    @Test
    void a_field_may_be_transient_but_not_that_of_a_record() {
        assertThat(problem(new Fetcher(new Client())))
                .isEqualTo("it is not serialisable: field `client` of " + OUTER + "$Fetcher (" + OUTER
                        + "$Client). Let "
                        + OUTER + "$Client implement java.io.Serializable, or pass what it was made from instead, or"
                        + " mark the field transient");
        assertThat(problem(new Order("a", new Thread())))
                .isEqualTo("it is not serialisable: field `held` of " + OUTER
                        + "$Order (java.lang.Thread). Pass what it was made from instead");
    }

    @Test
    void a_lambda_that_is_not_serialisable_is_told_how_to_become_it() {
        Function<String, String> plain = text -> text;
        var advice = " (a lambda, a java.util.function.Function). Declare it as TaskFunction or another type that is"
                + " serialisable, or cast it where it is written: (Function & Serializable)";
        assertThat(problem(new Order("a", plain)))
                .isEqualTo("it is not serialisable: field `held` of " + OUTER + "$Order" + advice);
        assertThat(problem(plain))
                .startsWith("it is not serialisable: a lambda, a java.util.function.Function. Declare");
    }

    private final Object field = new Object();

    @Test
    void a_lambda_that_uses_a_field_is_told_what_it_captures() {
        Task<String> task = () -> field + "";
        assertThatThrownBy(() -> CallEncoder.encode(Shape.of(task), CallKind.TASK, task))
                .hasMessage(
                        "a lambda in FaultFinderTest.a_lambda_that_uses_a_field_is_told_what_it_captures uses a field"
                                + " or method of the object around it, which is not serialisable: " + OUTER
                                + ". Make what it uses static, or copy it to a local variable first");
    }

    /** Serialisable, but it does not want to. */
    static final class Stubborn implements Serializable {
        private static final long serialVersionUID = 1;

        private void writeObject(ObjectOutputStream out) throws IOException {
            throw new java.io.NotSerializableException("not today");
        }
    }

    @Test
    void a_class_that_refuses_by_itself_has_the_word() {
        assertThat(problem(new Order("a", new Stubborn())))
                .endsWith("at field `held` of " + OUTER + "$Order (" + OUTER
                        + "$Stubborn): java.io.NotSerializableException: not today");
    }

    // Whatever they do.

    /** Holds a thread in a field; its elements are what the iterator says. */
    static final class Box extends AbstractCollection<Object> implements Serializable {
        private static final long serialVersionUID = 1;
        private final Object held = new Thread();
        private final transient Iterator<Object> elements;

        Box(Iterator<Object> elements) {
            this.elements = elements;
        }

        @Override
        public Iterator<Object> iterator() {
            return elements;
        }

        @Override
        public int size() {
            throw new AssertionError("size");
        }

        @Override
        public String toString() {
            throw new AssertionError("toString");
        }

        @Override
        public int hashCode() {
            throw new AssertionError("hashCode");
        }
    }

    private static Iterator<Object> endless(Object element) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Object next() {
                return element;
            }
        };
    }

    private static Iterator<Object> throwing(Throwable problem) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Object next() {
                throw FaultFinderTest.<RuntimeException>sneaky(problem);
            }
        };
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> T sneaky(Throwable problem) throws T {
        throw (T) problem;
    }

    @Test
    void a_container_whose_iterator_throws_is_searched_all_the_same() {
        for (var thrown : List.of(
                new IllegalStateException("no session"),
                new IOException("sneaky"),
                new StackOverflowError(),
                new AssertionError())) {
            assertThat(problem(new Box(throwing(thrown))))
                    .isEqualTo(
                            "it is not serialisable: field `held` of " + OUTER
                                    + "$Box (java.lang.Thread). Pass what it was made from instead, or mark the field transient");
        }
    }

    @Test
    void a_container_without_an_end_is_left_at_some_point() {
        assertThat(problem(new Box(endless("x")))).contains("field `held` of");
        assertThat(problem(List.of(new Box(endless(new Object())), new Thread())))
                .startsWith("it is not serialisable: field `held` of");
    }

    @Test
    void what_lies_behind_a_container_without_an_end_is_named_without_its_place() {
        var endless = new AbstractCollectionWithoutEnd();
        assertThat(problem(new Object[] {endless, Map.of("key", new Client())})).contains(OUTER + "$Client");
    }

    static final class AbstractCollectionWithoutEnd extends AbstractCollection<Object> implements Serializable {
        private static final long serialVersionUID = 1;

        @Override
        public Iterator<Object> iterator() {
            return endless(new byte[0]);
        }

        @Override
        public int size() {
            return Integer.MAX_VALUE;
        }
    }

    /** A key without manners, which finds its bucket all the same. */
    static final class Key implements Serializable {
        private static final long serialVersionUID = 1;
        private static boolean hostile;

        @Override
        public String toString() {
            throw new IllegalStateException("toString");
        }

        @Override
        public int hashCode() {
            if (hostile) {
                throw new IllegalStateException("hashCode");
            }
            return 1;
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }
    }

    @Test
    void keys_are_not_asked_for_their_names() {
        var map = new HashMap<Object, Object>();
        map.put(new Key(), new Thread());
        Key.hostile = true;
        try {
            assertThat(problem(map))
                    .contains("value of key (" + OUTER + "$Key) of a java.util.HashMap (java.lang.Thread)");
        } finally {
            Key.hostile = false;
        }
    }

    @Test
    void an_exception_that_cannot_speak_is_named() {
        var speechless = new Serializable() {
            private static final long serialVersionUID = 1;

            private void writeObject(ObjectOutputStream out) {
                throw new IllegalStateException() {
                    private static final long serialVersionUID = 1;

                    @Override
                    public String getMessage() {
                        throw new AssertionError("getMessage");
                    }
                };
            }
        };
        assertThat(problem(speechless)).contains("it cannot be serialised").contains("its toString threw");
    }

    @Test
    void a_long_way_is_cut() {
        Object nested = new Thread();
        for (int i = 0; i < 100; i++) {
            nested = new ArrayList<>(Collections.singletonList(nested));
        }
        assertThat(problem(nested))
                .contains("element 0 of a java.util.ArrayList in element 0")
                .contains(" in ... (java.lang.Thread)")
                .hasSizeLessThan(500);
    }
}
