/** The documentation: its links, commands and names of classes are true. */
@NullMarked
package org.ppflow.tests.documentation;

import org.jspecify.annotations.NullMarked;
