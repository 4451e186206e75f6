package org.ppflow.notebook.display;

import java.util.ArrayList;
import java.util.List;

/** Keeps what is shown; installed for a test, and taken away by closing it. */
public final class RecordingScreen implements Screen, AutoCloseable {
    private final List<Bundle> shown = new ArrayList<>();
    private boolean interrupted;

    /** Installs itself. */
    public RecordingScreen() {
        Screen.install(this);
    }

    @Override
    public String show(Bundle bundle) {
        shown.add(bundle);
        return Integer.toString(shown.size() - 1);
    }

    @Override
    public void update(String id, Bundle bundle) {
        shown.set(Integer.parseInt(id), bundle);
    }

    @Override
    public boolean interrupted() {
        return interrupted;
    }

    /** As a person does who presses the button. */
    public void interrupt() {
        interrupted = true;
    }

    /** Outputs as they look now. */
    public List<Bundle> shown() {
        return shown;
    }

    /** Their texts. */
    public List<String> texts() {
        return shown.stream().map(bundle -> bundle.data().get(Bundle.TEXT)).toList();
    }

    @Override
    public void close() {
        Screen.install(Screen.NONE);
    }
}
