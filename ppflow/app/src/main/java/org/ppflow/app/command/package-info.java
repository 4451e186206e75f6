/**
 * The command line: what people type, what it starts, and how failures are told. A command is a picocli class that
 * implements {@link org.ppflow.app.command.SubCommand} and is listed in {@code META-INF/services}. Depends on the config and
 * experiment packages.
 */
@NullMarked
package org.ppflow.app.command;

import org.jspecify.annotations.NullMarked;
