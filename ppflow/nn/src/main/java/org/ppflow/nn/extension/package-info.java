/**
 * Code from outside the toolkit that is found on the class path by {@link java.util.ServiceLoader}: codecs, solvers, schedules that somebody adds
 * without a change here. The rooms say what may be added; this package finds it, keeps names apart and says which bytes it is. May use {@code nn.errors}
 * and {@code nn.files}.
 */
@NullMarked
package org.ppflow.nn.extension;

import org.jspecify.annotations.NullMarked;
