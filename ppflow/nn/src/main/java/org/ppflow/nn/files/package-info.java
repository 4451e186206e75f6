/**
 * Files that are either whole or not there: written under a temporary name, fsynced, renamed; and their hashes. Depends on
 * nothing; every room may use it.
 */
@NullMarked
package org.ppflow.nn.files;

import org.jspecify.annotations.NullMarked;
