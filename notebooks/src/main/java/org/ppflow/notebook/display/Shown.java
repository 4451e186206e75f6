package org.ppflow.notebook.display;

/** A value that knows what it looks like in a notebook. */
public interface Shown {
    /** Its forms. */
    Bundle bundle();
}
