package org.ppflow.app.command;

import java.util.concurrent.Callable;

/**
 * A command of {@code ppflow}: a class with picocli's annotations and a constructor without arguments, found through
 * {@link java.util.ServiceLoader}. Returns the exit code; reports failures by exceptions.
 */
public interface SubCommand extends Callable<Integer> {}
