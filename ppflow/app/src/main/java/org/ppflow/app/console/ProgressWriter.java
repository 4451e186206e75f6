package org.ppflow.app.console;

import java.io.PrintWriter;
import java.io.Writer;
import org.ppflow.nn.progress.Progress;

/** A place for notes that has its own way of showing progress, such as a notebook: {@link ConsoleProgress#of} hands over to it. */
public abstract class ProgressWriter extends PrintWriter implements Progress {
    /** Notes go to a writer, line by line. */
    protected ProgressWriter(Writer out) {
        super(out, true);
    }

    @Override
    public void say(String line) {
        println(line);
    }
}
