package org.ppflow.nn.extension;

/**
 * Something that is added from outside, and the code it comes from.
 *
 * @param kind what it is: {@code codec}, {@code solver}, {@code schedule}
 * @param name by which configs and commands ask for it
 * @param location jar or folder of classes
 * @param sha256 of the jar's bytes, or of names and contents of all files in the folder: numbers that it makes follow from these as from a config
 */
public record Extension(String kind, String name, String location, String sha256) {
    /** Kind and name: {@code solver ralston}. */
    public String title() {
        return kind + " " + name;
    }
}
