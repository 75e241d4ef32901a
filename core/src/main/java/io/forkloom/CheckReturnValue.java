package io.forkloom;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What the method gives must not be dropped: how a task ended is in it, and a failure that nobody looks at is a failure
 * that nobody fixes. ErrorProne honours an annotation of this simple name in whatever package, and makes a forgotten
 * result a compile error; {@code var _ = pool.submit(…)} says that it is meant.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface CheckReturnValue {}
