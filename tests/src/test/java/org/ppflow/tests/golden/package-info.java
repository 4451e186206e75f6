/**
 * Numbers of the published PyTorch code, compared through the real graphs. Cases are found by listing the golden folder:
 * {@code -Dppflow.golden=DIR} points at another one.
 */
package org.ppflow.tests.golden;
