package org.ppflow.app.command;

import java.nio.file.Path;

/** The folder of the toolkit, whose {@code configs} ship with it. */
public final class Home {
    private Home() {}

    /** What {@code bin/ppflow} says, else the working folder. */
    public static Path folder() {
        String home = System.getProperty("ppflow.home", "");
        return Path.of(home.isEmpty() ? "." : home);
    }
}
