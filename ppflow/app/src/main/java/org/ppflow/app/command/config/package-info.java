/** {@code ppflow config}: configs checked, shown with all their keys, and described by a JSON schema. Depends on the commands' package. */
@NullMarked
package org.ppflow.app.command.config;

import org.jspecify.annotations.NullMarked;
