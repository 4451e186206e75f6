package org.ppflow.nn.pickle;

import java.util.List;

/** What a name in a pickle stands for where the pickle calls it. */
@FunctionalInterface
public interface Constructor {
    /**
     * The value of the call.
     *
     * @param arguments what the pickle gives, as {@link PickleReader#read} describes values
     * @throws IllegalArgumentException if they do not fit, saying how
     */
    Object construct(List<Object> arguments);
}
