package org.ppflow.notebook.kernel;

import java.lang.reflect.Proxy;

/** Turns SIGINT, which ends a JVM, into an interrupt of the cell that runs. */
final class ConsoleInterrupt {
    private ConsoleInterrupt() {}

    /**
     * Listens from now on. The class for signals is in every JDK but in no standard, so it is looked up; without it SIGINT ends the process.
     *
     * @return whether signals are heard
     */
    static boolean listen(Runnable interrupt) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object listener = Proxy.newProxyInstance(
                    ConsoleInterrupt.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            interrupt.run();
                        }
                        return switch (method.getName()) {
                            case "hashCode" -> 0;
                            case "equals" -> proxy == arguments[0];
                            case "toString" -> "interrupt";
                            default -> null;
                        };
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("INT"), listener);
            return true;
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            return false;
        }
    }
}
