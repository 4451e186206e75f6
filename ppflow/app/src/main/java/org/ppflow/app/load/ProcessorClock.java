package org.ppflow.app.load;

import java.util.Optional;
import java.util.OptionalDouble;

/** Reads the processors' clocks. */
@FunctionalInterface
public interface ProcessorClock {
    /** The clocks now; empty where the system does not tell. */
    Optional<Reading> read();

    /** Those of this process and its machine, which Linux alone tells. */
    static ProcessorClock ofThisProcess() {
        return LinuxProcessors.ofThisProcess();
    }

    /**
     * The clocks at one moment, seconds since some moments of their own: differences of two readings count.
     *
     * @param wall time
     * @param own time that this process was on processors
     * @param busy time that the processors which this process may run on were busy, for whomever; what a hypervisor took counts
     * @param group time that all processes under this one's quota were on processors; empty where there is no quota
     * @param allowed processors that this process may run on, at least 1
     * @param usable how many of them it may fill, by its quota, at least 1 and at most those allowed
     */
    record Reading(double wall, double own, double busy, OptionalDouble group, int allowed, int usable) {
        public Reading {
            if (usable < 1 || usable > allowed) {
                throw new IllegalArgumentException(
                        "usable: " + usable + " must be 1 to the " + allowed + " processors that are allowed");
            }
        }
    }
}
