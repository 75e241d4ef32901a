package io.forkloom.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.event.Culprit;
import java.util.List;
import org.junit.jupiter.api.Test;

class SightingTest {
    private static final long MILLI = 1_000_000;

    private static Culprit culprit(Carrier... looks) {
        var sighting = new Sighting(looks[0], 0, 0);
        for (int i = 1; i < looks.length; i++) {
            assertThat(sighting.continues(looks[i])).isTrue();
            sighting.again(looks[i], i * 10L * MILLI, 0);
        }
        return sighting.culprit("#42", sighting.held());
    }

    @Test
    void the_function_is_the_innermost_of_the_user_that_all_looks_have_in_common() {
        var culprit = culprit(
                Dump.carrier(42, "com.acme.Pixel.clamp(Pixel.java:3)", "com.acme.Thumb.scale(Thumb.java:12)"),
                Dump.carrier(
                        42,
                        "java.lang.Math.sqrt(java.base@25.0.3/Math.java:9)",
                        "com.acme.Thumb.scale(Thumb.java:14)"));

        assertThat(culprit.function()).isEqualTo("com.acme.Thumb.scale");
        assertThat(culprit.kind()).isEqualTo(Culprit.Kind.COMPUTING);
        assertThat(culprit.advice())
                .isEqualTo("com.acme.Thumb.scale computed for 10 ms on virtual thread #42; send it to a pool");
        assertThat(culprit.stack()).startsWith("java.lang.Math.sqrt(Math.java:9)");
        assertThat(culprit.stack()).as("hidden frames say nothing").noneMatch(frame -> frame.contains("0x"));
    }

    @Test
    void a_lambda_is_called_by_the_method_that_it_stands_in() {
        assertThat(culprit(Dump.carrier(42, "java.lang.Math.sqrt(java.base@25.0.3/Math.java:9)"))
                        .function())
                .isEqualTo("com.acme.Thumbs.all's lambda");
    }

    @Test
    void our_own_frames_are_not_the_users() {
        assertThat(culprit(Dump.carrier(
                                42,
                                "io.forkloom.internal.codec.Encoder.encode(Encoder.java:9)",
                                "io.forkloom.DispatchedPool.call(DispatchedPool.java:9)",
                                "com.acme.Thumb.send(Thumb.java:30)"))
                        .function())
                .isEqualTo("com.acme.Thumb.send");
    }

    @Test
    void native_code_is_told_by_its_method_or_by_the_linkers_way_into_it() {
        var method = culprit(Dump.carrier(
                42,
                "java.io.FileInputStream.read0(java.base@25.0.3/Native Method)",
                "com.acme.Thumb.load(Thumb.java:5)"));
        var linked = culprit(Dump.carrier(
                42,
                "java.lang.invoke.LambdaForm$MH/0x0000000026047000.invoke(java.base@25.0.3/LambdaForm$MH)",
                "jdk.internal.foreign.abi.DowncallStub/0x0000000026048000.invoke(java.base@25.0.3/Unknown Source)",
                "com.acme.Thumb.load(Thumb.java:5)"));

        assertThat(List.of(method, linked)).allSatisfy(culprit -> {
            assertThat(culprit.kind()).isEqualTo(Culprit.Kind.NATIVE);
            assertThat(culprit.function()).isEqualTo("com.acme.Thumb.load");
        });
        assertThat(method.detail()).isEqualTo("java.io.FileInputStream.read0");
        assertThat(linked.detail()).isEmpty();
    }

    @Test
    void a_wait_that_cannot_let_go_is_told_with_what_keeps_it() {
        var culprit = culprit(Dump.carrier(
                42,
                "jdk.internal.misc.Unsafe.park(java.base@25.0.3/Native Method)",
                "java.lang.VirtualThread.parkOnCarrierThread(java.base@25.0.3/VirtualThread.java:819)",
                "com.acme.Codecs.<clinit>(Codecs.java:8)"));

        assertThat(culprit.kind()).isEqualTo(Culprit.Kind.PINNED);
        assertThat(culprit.detail()).isEqualTo("in the initialiser of com.acme.Codecs");
        assertThat(culprit.advice()).endsWith("or do not wait in its initialiser");
    }

    @Test
    void one_that_was_named_for_computing_and_then_waits_is_another_story() {
        var computes = Dump.carrier(42, "com.acme.Codecs.<clinit>(Codecs.java:8)");
        var waits = Dump.carrier(
                42,
                "java.lang.VirtualThread.parkOnCarrierThread(java.base@25.0.3/VirtualThread.java:819)",
                "com.acme.Codecs.<clinit>(Codecs.java:9)");
        var sighting = new Sighting(computes, 0, 0);
        assertThat(sighting.continues(waits)).isTrue();
        sighting.named();
        assertThat(sighting.continues(waits)).isFalse();
        assertThat(sighting.key()).isNotEqualTo(new Sighting(waits, 0, 0).key());
    }

    @Test
    void time_without_a_processor_and_time_in_which_all_stood_still_is_not_its_own() {
        var carrier = Dump.carrier(42, "com.acme.Thumb.scale(Thumb.java:12)");
        var sighting = new Sighting(carrier, 0, 5 * MILLI);
        sighting.stall(20 * MILLI);
        sighting.again(carrier, 100 * MILLI, 75 * MILLI);

        assertThat(sighting.held()).isEqualTo(80 * MILLI);
        assertThat(sighting.own()).isEqualTo(10 * MILLI);
        assertThat(sighting.heldUntil(110 * MILLI)).isEqualTo(90 * MILLI);
    }

    @Test
    void what_a_look_itself_took_is_nobodys() {
        var sightings = new Sightings(_ -> 0);
        var look = List.of(Dump.carrier(42, "com.acme.Thumb.scale(Thumb.java:12)"));
        sightings.see(look, 0, 8 * MILLI);
        sightings.see(look, 10 * MILLI, 18 * MILLI);
        assertThat(sightings.present().getFirst().held()).isEqualTo(2 * MILLI);
    }

    @Test
    void another_thread_on_the_carrier_begins_a_sighting_and_ends_the_one_before() {
        var sightings = new Sightings(_ -> 0);
        assertThat(sightings.see(List.of(Dump.carrier(42, "com.acme.Thumb.scale(Thumb.java:12)")), 0, 5 * MILLI))
                .isEmpty();
        var first = sightings.present().getFirst();

        assertThat(sightings.see(
                        List.of(Dump.carrier(43, "com.acme.Thumb.scale(Thumb.java:12)")), 10 * MILLI, 15 * MILLI))
                .containsExactly(first);
        assertThat(sightings.present())
                .singleElement()
                .satisfies(each -> assertThat(each.held()).isZero());
    }
}
