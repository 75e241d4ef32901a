package io.forkloom.internal.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CrashLogTest {
    private static final List<String> LOG = """
            # A fatal error has been detected by the Java Runtime Environment:
            #
            #  SIGSEGV (0xb) at pc=0x00007f1, pid=8, tid=9
            #
            # JRE version: OpenJDK Runtime Environment
            # Problematic frame:
            # C  [libjpeg.so.62+0x1d0]  jpeg_read+0x10
            #
            ---------------  T H R E A D  ---------------
            Native frames: (J=compiled Java code)
            C  [libjpeg.so.62+0x1d0]  jpeg_read+0x10

            Java frames: (J=compiled Java code)
            j  jdk.internal.misc.Unsafe.putInt(Ljava/lang/Object;JI)V+0 java.base@25
            j  com.acme.Thumb.scale(I)I+17
            j  com.acme.Main.main()V+1
            j  io.forkloom.TaskContext.run(Ljava/lang/Object;)V+83
            j  io.forkloom.internal.worker.WorkerMain.main()V+1

            siginfo: si_signo: 11
            """.lines().toList();

    @Test
    void the_essence_is_signal_frame_and_the_first_java_frames() {
        assertThat(CrashLog.essence(LOG)).hasValue("""
                SIGSEGV (0xb) at pc=0x00007f1, pid=8, tid=9
                in C  [libjpeg.so.62+0x1d0]  jpeg_read+0x10
                  j  com.acme.Thumb.scale(I)I+17
                  j  com.acme.Main.main()V+1""");
        assertThat(CrashLog.signal(LOG)).hasValue("SIGSEGV");
    }

    @Test
    void no_log_has_no_essence() {
        assertThat(CrashLog.essence(List.of())).isEmpty();
        assertThat(CrashLog.signal(List.of())).isEmpty();
    }
}
