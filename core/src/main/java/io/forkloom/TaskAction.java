package io.forkloom;

import java.io.Serializable;

/** Work without a result; see {@link Task}. */
@FunctionalInterface
public interface TaskAction extends Serializable {
    void run() throws Exception;
}
