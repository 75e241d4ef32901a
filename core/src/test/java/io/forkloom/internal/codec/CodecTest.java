package io.forkloom.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forkloom.Task;
import io.forkloom.TaskAction;
import io.forkloom.TaskBiFunction;
import io.forkloom.TaskFunction;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Both sides of the codec within one JVM. */
@SuppressWarnings({"ReferenceEquality", "ObjectToString"}) // identity is what is tested; the string is not looked at
class CodecTest {
    private final ClassLoader loader = CodecTest.class.getClassLoader();
    private final CallDecoder decoder = new CallDecoder("", loader);

    record Order(int id, List<Object> parts) implements Serializable {}

    static final class Fetcher implements Serializable {
        private static final long serialVersionUID = 1;

        @SuppressWarnings({"serial", "unused"}) // the fault that is looked for
        private final Object client = new Thread();
    }

    static final class Chain implements Serializable {
        private static final long serialVersionUID = 1;
        final @Nullable Chain next;

        Chain(@Nullable Chain next) {
            this.next = next;
        }
    }

    record Doubler() implements TaskFunction<Integer, Integer> {
        @Override
        public Integer apply(Integer argument) {
            return 2 * argument;
        }
    }

    static int square(int x) {
        return x * x;
    }

    @Test
    void a_method_reference_is_sent_once_and_then_by_its_number() throws Exception {
        TaskFunction<Integer, Integer> square = CodecTest::square;
        var shape = Shape.of(square);
        assertThat(shape.name()).isEqualTo("CodecTest::square");
        var call = CallEncoder.encode(shape, CallKind.FUNCTION, square, 7);
        decoder.define(call.function(), call.definition());
        var first = decoder.decode(call.function(), call.payload());
        var second = decoder.decode(call.function(), call.payload());
        assertThat(run(first)).isEqualTo(49);
        assertThat(second.function()).isSameAs(first.function());
    }

    @Test
    void captured_values_travel_with_each_call() throws Exception {
        for (int i = 0; i < 3; i++) {
            int number = i;
            Task<Integer> task = () -> number * 10;
            var call = CallEncoder.encode(Shape.of(task), CallKind.TASK, task);
            decoder.define(call.function(), call.definition());
            assertThat(((Task<?>) decoder.decode(call.function(), call.payload())
                                    .function())
                            .call())
                    .isEqualTo(i * 10);
        }
    }

    @Test
    void a_function_of_an_ordinary_class_is_sent_as_an_object() throws Exception {
        var call = CallEncoder.encode(Shape.of(new Doubler()), CallKind.FUNCTION, new Doubler(), 21);
        assertThat(call.function()).isZero();
        assertThat(run(decoder.decode(0, call.payload()))).isEqualTo(42);
    }

    @Test
    void what_is_captured_and_passed_stays_one_object() throws Exception {
        var list = new ArrayList<>(List.of(1));
        TaskFunction<ArrayList<Integer>, Boolean> same = other -> other == list;
        var call = CallEncoder.encode(Shape.of(same), CallKind.FUNCTION, same, list);
        decoder.define(call.function(), call.definition());
        assertThat(run(decoder.decode(call.function(), call.payload()))).isEqualTo(true);
    }

    @Test
    void a_lambda_is_named_after_its_method_and_its_line_is_found() {
        TaskAction action = () -> {}; // the line that is looked for
        var shape = Shape.of(action);
        assertThat(shape.name())
                .isEqualTo("a lambda in CodecTest.a_lambda_is_named_after_its_method_and_its_line_is_found");
        assertThat(shape.site()).hasValueSatisfying(site -> assertThat(site).matches("CodecTest\\.java:\\d+"));
        TaskFunction<Integer, Integer> square = CodecTest::square;
        assertThat(Shape.of(square).site())
                .as("the same method is referred to in two places")
                .hasValueSatisfying(site -> assertThat(site).matches("CodecTest\\.java:\\d+ or \\d+"));
    }

    static <T> T same(T value) {
        return value;
    }

    private static String site(Object function) {
        return Shape.of(function).site().orElseThrow();
    }

    @Test
    void two_references_to_one_method_are_told_apart_by_type_interface_and_captured_values() {
        TaskFunction<String, String> ofText = CodecTest::same;
        TaskFunction<Integer, Integer> ofNumber = CodecTest::same;
        java.util.function.Function<String, String> otherInterface =
                (java.util.function.Function<String, String> & Serializable) CodecTest::same;
        TaskBiFunction<String, String, String> free = String::concat;
        TaskFunction<String, String> bound = "a"::concat;
        assertThat(List.of(site(ofText), site(ofNumber), site(otherInterface), site(free), site(bound)))
                .allMatch(site -> site.matches("CodecTest\\.java:\\d+"))
                .doesNotHaveDuplicates();
    }

    @Test
    void of_many_places_only_some_are_told() {
        TaskFunction<byte[], byte[]> first = CodecTest::same;
        TaskFunction<byte[], byte[]> second = CodecTest::same;
        TaskFunction<byte[], byte[]> third = CodecTest::same;
        TaskFunction<byte[], byte[]> fourth = CodecTest::same;
        TaskFunction<byte[], byte[]> fifth = CodecTest::same;
        assertThat(List.of(first, second, third, fourth, fifth))
                .extracting(CodecTest::site)
                .allMatch(site -> site.matches("CodecTest\\.java:\\d+ or \\d+ or \\d+ or 2 others"));
    }

    @Test
    void the_field_at_fault_is_named() {
        TaskFunction<Fetcher, String> name = Object::toString;
        assertThatThrownBy(() -> CallEncoder.encode(Shape.of(name), CallKind.FUNCTION, name, new Fetcher()))
                .isInstanceOf(CodecException.class)
                .hasMessage("argument 1 of Object::toString is not serialisable: field `client` of "
                        + Fetcher.class.getTypeName()
                        + " (java.lang.Thread). Pass what it was made from instead, or mark the field transient");
    }

    @Test
    void the_way_to_the_fault_leads_through_containers() {
        TaskBiFunction<Integer, Order, String> two = (n, order) -> "";
        var order = new Order(1, new ArrayList<>(List.of("a", Map.of("key", new Thread()))));
        assertThatThrownBy(() -> CallEncoder.encode(Shape.of(two), CallKind.BI_FUNCTION, two, 1, order))
                .hasMessageContaining(
                        "argument 2 of a lambda in CodecTest.the_way_to_the_fault_leads_through_containers")
                .hasMessageContaining("value of key key")
                .hasMessageContaining("element 1 of a java.util.ArrayList in field `parts` of")
                .hasMessageContaining("(java.lang.Thread)");
    }

    @Test
    void a_captured_value_is_named_as_captured() {
        var lock = new Object();
        Task<String> task = lock::toString;
        assertThatThrownBy(() -> CallEncoder.encode(Shape.of(task), CallKind.TASK, task))
                .hasMessageStartingWith("a value captured by Object::toString is not serialisable: java.lang.Object.");
    }

    @Test
    void a_lock_in_a_field_of_a_result_is_named() {
        record Result(ReentrantLock fair, Object other) implements Serializable {}
        assertThatThrownBy(() -> Values.encode("the result of X::y", new Result(new ReentrantLock(), new Thread())))
                .hasMessageContaining("the result of X::y is not serialisable: field `other` of");
    }

    @Test
    void a_chain_that_is_too_deep_is_refused_with_advice() {
        Chain chain = null;
        for (int i = 0; i < 100_000; i++) {
            chain = new Chain(chain);
        }
        var deep = chain;
        assertThatThrownBy(() -> Values.encode("the result", deep)).hasMessageContaining("nested too deeply");
    }

    @Test
    void the_filter_refuses_what_no_task_needs_and_names_it() throws Exception {
        var bytes = Values.encode("x", new Order(1, List.of(new Chain(null))));
        assertThatThrownBy(() -> Values.decode("the result", bytes, "com.acme.*", loader))
                .hasMessageContaining("the serialisation filter refuses class " + Order.class.getName());
        assertThat(Values.decode("the result", bytes, CodecTest.class.getName() + "$*", loader))
                .isInstanceOf(Order.class);
    }

    @Test
    void proxies_are_refused() throws Exception {
        var proxy = java.lang.reflect.Proxy.newProxyInstance(
                loader, new Class<?>[] {Runnable.class}, (Serializable & java.lang.reflect.InvocationHandler)
                        (self, method, arguments) -> null);
        var bytes = Values.encode("x", proxy);
        assertThatThrownBy(() -> Values.decode("the result", bytes, "", loader))
                .hasMessageContaining("dynamic proxies are not accepted");
    }

    @Test
    void an_exception_keeps_its_type_message_frames_and_cause() throws Exception {
        var thrown = new IllegalStateException("outer", new ArithmeticException("inner"));
        var failure = Failures.decode(Failures.encode(thrown), "", loader);
        assertThat(failure.original())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("outer")
                .hasCauseInstanceOf(ArithmeticException.class);
        assertThat(failure.description().type()).isEqualTo("java.lang.IllegalStateException");
    }

    @Test
    void an_exception_that_cannot_be_sent_is_described_and_the_reason_is_told() throws Exception {
        class Bad extends RuntimeException {
            private static final long serialVersionUID = 1;

            @SuppressWarnings({"serial", "unused"})
            final Object held = new Thread();

            Bad() {
                super("bad luck");
            }
        }
        var failure = Failures.decode(Failures.encode(new Bad()), "", loader);
        assertThat(failure.original()).isNull();
        assertThat(failure.description().message()).isEqualTo("bad luck");
        assertThat(failure.description().frames()[0].getClassName()).isEqualTo(CodecTest.class.getName());
        assertThat(failure.problem()).contains("field `held`");
    }

    @Test
    void causes_that_form_a_ring_end() throws Exception {
        var first = new RuntimeException("first");
        var second = new RuntimeException("second", first);
        first.initCause(second);
        var failure = Failures.decode(Failures.encode(first), "", loader);
        assertThat(failure.description().message()).isEqualTo("first");
    }

    @Test
    void an_exception_whose_message_throws_is_still_told() throws Exception {
        var thrown = new RuntimeException() {
            private static final long serialVersionUID = 1;

            @Override
            public String getMessage() {
                throw new IllegalStateException("no message");
            }
        };
        assertThat(Failures.decode(Failures.encode(thrown), "", loader)
                        .description()
                        .message())
                .contains("getMessage threw");
    }

    @SuppressWarnings("unchecked")
    private static Object run(CallDecoder.Decoded call) throws Exception {
        return ((TaskFunction<@Nullable Object, Object>) call.function()).apply(call.arguments()[0]);
    }
}
