/**
 * Plain arrays with a shape on the Java side: what files hold and what is fed to and fetched from a session. Depends on
 * nothing.
 */
@NullMarked
package org.ppflow.nn.array;

import org.jspecify.annotations.NullMarked;
