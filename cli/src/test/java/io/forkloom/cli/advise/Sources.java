package io.forkloom.cli.advise;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;

/** The user's code: compiled where the test runs, and on no class path but the one that the command is given. */
final class Sources {
    private Sources() {}

    /** A class {@code com.acme.Work}. */
    static void compile(Path folder, String source) throws Exception {
        var place = Files.createTempDirectory("source-");
        var file = Files.writeString(place.resolve("Work.java"), source);
        int code = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-d", folder.toString(), file.toString());
        assertThat(code).isZero();
        Files.delete(file);
        Files.delete(place);
    }
}
