package org.ppflow.notebook.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.ppflow.app.console.Program;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.provenance.Toolkit;

/** A kernel from start to end. Everything that cells hold, native memory included, is of this process and goes with it. */
public final class KernelProcess {
    /** Where Jupyter says which process started the kernel. */
    private static final String PARENT = "JPY_PARENT_PID";

    private KernelProcess() {}

    /**
     * Answers Jupyter until it, or the process that started the kernel, ends.
     *
     * @param connectionFile that Jupyter wrote: ports and key
     * @throws BadInputException if the file is none, or this Java has no JShell
     */
    public static void serve(Path connectionFile) throws IOException {
        requireJShell();
        KernelConnection connection = connect(connectionFile);
        JavaKernel kernel = new JavaKernel(Toolkit.current().version(), System.getProperty("java.class.path", ""));
        kernel.becomeHandlerForConnection(connection);
        ConsoleInterrupt.listen(kernel::interrupt);
        endWithParent(connection);
        connection.connect();
        kernel.onStartup();
        connection.waitUntilClose();
    }

    /**
     * Checks that cells can be compiled.
     *
     * @throws BadInputException if this is a JRE
     */
    public static void requireJShell() {
        if (ModuleLayer.boot().findModule("jdk.jshell").isEmpty()) {
            throw BadInputException.at(System.getProperty("java.home", "java"))
                    .found("a Java without JShell, that is a JRE")
                    .expected("a JDK, 17 or newer, which compiles the cells of notebooks")
                    .advice(
                            "install one (on Debian or Ubuntu: sudo apt install openjdk-17-jdk-headless) or set JAVA_HOME")
                    .build();
        }
    }

    private static KernelConnection connect(Path file) throws IOException {
        try {
            KernelConnectionProperties properties = KernelConnectionProperties.parse(Files.readString(file));
            if (properties == null || properties.getTransport() == null || properties.getShellPort() == 0) {
                throw new IllegalArgumentException("no transport and ports");
            }
            return new KernelConnection(properties);
        } catch (com.google.gson.JsonParseException | IllegalArgumentException | GeneralSecurityException e) {
            throw BadInputException.at(file.toString())
                    .found(String.valueOf(e.getMessage()))
                    .expected("a connection file, which Jupyter writes when it starts a kernel")
                    .advice("start the kernel from Jupyter; '" + Program.line("notebook", "install")
                            + "' makes it known there")
                    .cause(e)
                    .build();
        }
    }

    /** Jupyter may be killed, and then tells nobody. */
    private static void endWithParent(KernelConnection connection) {
        parent().ifPresent(process -> {
            Thread watch = new Thread(
                    () -> {
                        process.onExit().join();
                        connection.close();
                    },
                    "parent");
            watch.setDaemon(true);
            watch.start();
        });
    }

    private static Optional<ProcessHandle> parent() {
        String id = System.getenv(PARENT);
        if (id == null || !id.matches("[1-9]\\d{0,17}") || id.equals("1")) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(id));
    }
}
