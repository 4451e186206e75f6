package org.ppflow.notebook.kernel;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import org.jspecify.annotations.Nullable;

/**
 * Runs snippets in this process and on the thread that evaluates, and keeps what they return and throw: JShell itself hands on texts. Not {@code LocalExecutionControl}, which
 * makes threads of its own and stops them in a way that later JDKs have no more.
 */
final class ValueControl extends DirectExecutionControl {
    private @Nullable Object value;
    private @Nullable Throwable thrown;

    @Override
    protected String invoke(Method snippet) throws Exception {
        value = null;
        thrown = null;
        try {
            value = snippet.invoke(null);
        } catch (InvocationTargetException e) {
            thrown = e.getCause();
            throw e;
        }
        // JShell's own text of the value is not used, and toString of a user's class may be slow or fail.
        return "";
    }

    /** What the last snippet returned; given out once, so that nothing large is held on to. */
    @Nullable
    Object takeValue() {
        Object taken = value;
        value = null;
        return taken;
    }

    /** What the last snippet threw, as it was thrown; given out once. */
    @Nullable
    Throwable takeThrown() {
        Throwable taken = thrown;
        thrown = null;
        return taken;
    }

    /** Gives this control to JShell's builder. */
    ExecutionControlProvider provider() {
        return new ExecutionControlProvider() {
            @Override
            public String name() {
                return "values";
            }

            @Override
            public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
                return ValueControl.this;
            }
        };
    }
}
