/**
 * How long work tells that it goes on. The rooms report through {@link org.ppflow.nn.progress.Progress}; how it looks on a
 * screen is the app's business. Depends on nothing.
 */
@NullMarked
package org.ppflow.nn.progress;

import org.jspecify.annotations.NullMarked;
