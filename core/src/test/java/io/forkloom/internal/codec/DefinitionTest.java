package io.forkloom.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.invoke.MethodHandleInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a function is called, by the names that javac gives to the bodies of lambdas. */
class DefinitionTest {
    private static Definition of(String method, int kind, int captured) {
        return new Definition(
                "com/acme/Main",
                "io/forkloom/Task",
                "call",
                "()Ljava/lang/Object;",
                kind,
                "com/acme/Main$Inner",
                method,
                "()I",
                "()I",
                captured);
    }

    @ParameterizedTest
    @CsvSource({
        "lambda$main$0, a lambda in Inner.main",
        "lambda$main$1a2b3c4d$12, a lambda in Inner.main",
        "lambda$new$1, a lambda in Inner.<init>",
        "lambda$a$b$7$2, a lambda in Inner.a$b",
        "lambda$beef$cafe$3, a lambda in Inner.beef",
        "lambda$cafe$3, a lambda in Inner.cafe",
        "lambda$x$123456789$3, a lambda in Inner.x$123456789",
        "lambda$$3, Inner::lambda$$3",
        "lambda$3, Inner::lambda$3",
        "lambda$main$, Inner::lambda$main$",
        "lambda$main$x, Inner::lambda$main$x",
        "lambda$, Inner::lambda$",
        "parse, Inner::parse",
        "a$1, Inner::a$1"
    })
    void a_lambda_is_called_by_the_method_around_it(String method, String name) {
        assertThat(of(method, MethodHandleInfo.REF_invokeStatic, 0).name()).isEqualTo(name);
        assertThat(of(method, MethodHandleInfo.REF_invokeSpecial, 1).capturesThis())
                .isEqualTo(name.startsWith("a lambda"));
    }
}
