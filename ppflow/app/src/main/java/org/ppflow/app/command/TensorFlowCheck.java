package org.ppflow.app.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.ppflow.app.console.Program;
import org.tensorflow.TensorFlow;
import org.tensorflow.internal.c_api.TFE_Context;
import org.tensorflow.internal.c_api.TFE_ContextOptions;
import org.tensorflow.internal.c_api.TF_DeviceList;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.global.tensorflow;

/**
 * Whether TensorFlow works here.
 *
 * @param loads whether its native libraries load
 * @param version of TensorFlow, or why they do not load
 * @param devices its names of what computes
 * @param gpu the GPUs it uses, or why it uses none
 */
record TensorFlowCheck(boolean loads, String version, List<String> devices, String gpu) {
    private static final Path NVIDIA_DRIVER = Path.of("/proc/driver/nvidia/version");

    TensorFlowCheck {
        devices = List.copyOf(devices);
    }

    static TensorFlowCheck now() {
        try {
            String version = TensorFlow.version();
            List<String> devices = listDevices();
            return new TensorFlowCheck(true, version, devices, explainGpu(devices));
        } catch (LinkageError | RuntimeException e) {
            String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("unknown");
            return new TensorFlowCheck(
                    false,
                    e.getClass().getSimpleName() + ": " + why,
                    List.of(),
                    "none, since TensorFlow does not load");
        }
    }

    String summary() {
        return loads ? version + ", natives load" : "does not load: " + version;
    }

    /** TensorFlow Java does not list devices; its C interface does. */
    private static List<String> listDevices() {
        try (PointerScope unused = new PointerScope()) {
            TF_Status status = TF_Status.newStatus();
            TFE_ContextOptions options = TFE_ContextOptions.newContextOptions();
            TFE_Context context = TFE_Context.newContext(options, status);
            status.throwExceptionIfNotOK();
            TF_DeviceList list = tensorflow.TFE_ContextListDevices(context, status);
            status.throwExceptionIfNotOK();
            List<String> names = new ArrayList<>();
            try {
                for (int i = 0; i < tensorflow.TF_DeviceListCount(list); i++) {
                    names.add(tensorflow.TF_DeviceListName(list, i, status).getString());
                    status.throwExceptionIfNotOK();
                }
            } finally {
                tensorflow.TF_DeleteDeviceList(list);
            }
            return names;
        }
    }

    private static String explainGpu(List<String> devices) {
        List<String> gpus =
                devices.stream().filter(name -> name.contains("GPU")).toList();
        if (!gpus.isEmpty()) {
            return String.join(", ", gpus);
        }
        boolean cuda = System.getProperty("java.class.path", "").contains("-gpu.jar");
        if (!Files.exists(NVIDIA_DRIVER)) {
            return "none: no NVIDIA driver on this machine"
                    + (cuda ? "" : "; on one that has a GPU install its driver and build with: mvn -Pgpu package");
        }
        return cuda
                ? "none: a driver is there, but TensorFlow does not find CUDA 12.5 or cuDNN 9.3; install them, and put their"
                        + " folders into LD_LIBRARY_PATH (TF_CPP_MIN_LOG_LEVEL=0 " + Program.line("doctor")
                        + " shows which is missing)"
                : "none: a driver is there, but this build has TensorFlow for CPUs; build with: mvn -Pgpu package";
    }
}
