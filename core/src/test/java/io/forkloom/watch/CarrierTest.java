package io.forkloom.watch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CarrierTest {
    @Test
    void a_dump_tells_of_each_carrier_in_use_the_virtual_thread_and_its_frames_alone() {
        var carriers = Carrier.parse(Dump.of(1, 42, "\tat com.acme.Thumb.scale(Thumb.java:12)\n")
                + Dump.of(2, 43, "\tat com.acme.Thumb.crop(com.acme@1.0/Thumb.java:30)\n"));

        assertThat(carriers).extracting(Carrier::thread).containsExactly(42L, 43L);
        assertThat(carriers).extracting(Carrier::task).containsExactly(101L, 102L);
        assertThat(carriers.getFirst().frames())
                .hasSize(5)
                .first()
                .isEqualTo(new Frame("com.acme.Thumb.scale", "", "Thumb.java:12"));
        assertThat(carriers.getLast().frames().getFirst())
                .isEqualTo(new Frame("com.acme.Thumb.crop", "com.acme@1.0", "Thumb.java:30"));
    }

    @Test
    void it_tells_what_the_innermost_frame_waits_for() {
        var frames = """
                \tat com.acme.Thumb.open(Thumb.java:5)
                \t- waiting on the Class initialization monitor for com.acme.Codecs
                """;
        assertThat(Carrier.parse(Dump.of(1, 42, frames)).getFirst().waiting())
                .isEqualTo("waits for another thread that initialises com.acme.Codecs");
        assertThat(Dump.carrier(42, "com.acme.Thumb.open(Thumb.java:5)").waiting())
                .isEmpty();
    }

    @Test
    void a_dump_without_virtual_threads_and_a_broken_one_have_no_carriers_in_use() {
        assertThat(Carrier.parse("\"main\" #3 [11] prio=5\n\tat com.acme.Main.main(Main.java:3)\n"))
                .isEmpty();
        assertThat(Carrier.parse("")).isEmpty();
        assertThat(Carrier.parse("   Mounted virtual thread #")).singleElement().satisfies(carrier -> {
            assertThat(carrier.thread()).isZero();
            assertThat(carrier.frames()).isEmpty();
        });
    }
}
