/**
 * JSON Schema of configs and of tables' files, made of the records that read them. Depends on the config and comparison packages.
 */
@NullMarked
package org.ppflow.app.schema;

import org.jspecify.annotations.NullMarked;
