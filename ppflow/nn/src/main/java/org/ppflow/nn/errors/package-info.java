/**
 * How the toolkit says that what it was given is wrong. Depends on nothing; every room may use it.
 */
@NullMarked
package org.ppflow.nn.errors;

import org.jspecify.annotations.NullMarked;
