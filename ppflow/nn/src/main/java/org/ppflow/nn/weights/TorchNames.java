package org.ppflow.nn.weights;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ppflow.nn.pickle.Constructor;
import org.ppflow.nn.pickle.Namespace;
import org.ppflow.nn.pickle.None;

/** All that a PyTorch file may name. Each stands for a plain value or for code here; nothing is looked up anywhere else. */
final class TorchNames {
    private static final Map<String, TensorType> STORAGES = Map.ofEntries(
            Map.entry("DoubleStorage", TensorType.F64),
            Map.entry("FloatStorage", TensorType.F32),
            Map.entry("HalfStorage", TensorType.F16),
            Map.entry("BFloat16Storage", TensorType.BF16),
            Map.entry("LongStorage", TensorType.I64),
            Map.entry("IntStorage", TensorType.I32),
            Map.entry("ShortStorage", TensorType.I16),
            Map.entry("CharStorage", TensorType.I8),
            Map.entry("ByteStorage", TensorType.U8),
            Map.entry("BoolStorage", TensorType.BOOL));

    /** The white list. */
    static final Map<String, Object> ALLOWED = allowed();

    private TorchNames() {}

    /** The class of storages of a type; empty if PyTorch's classic storages have none. */
    static Optional<String> storageClass(TensorType type) {
        return STORAGES.entrySet().stream()
                .filter(entry -> entry.getValue() == type)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /**
     * The persistent id of a storage: {@code ('storage', class, key, device, elements)}; before PyTorch 1.6 with one more, which is None
     * for all but views of storages.
     */
    static Object storage(List<Object> arguments) {
        if (arguments.get(0) instanceof List<?> id
                && (id.size() == 5 || (id.size() == 6 && id.get(5) instanceof None))
                && "storage".equals(id.get(0))
                && id.get(1) instanceof TensorType type
                && id.get(2) instanceof String key
                && id.get(4) instanceof Long size
                && size >= 0) {
            return new TorchTensor.Storage(type, key, size);
        }
        throw new IllegalArgumentException("a persistent id that is no storage");
    }

    private static Map<String, Object> allowed() {
        Map<String, Object> names = new HashMap<>();
        STORAGES.forEach((name, type) -> names.put("torch." + name, type));
        names.put("torch._utils._rebuild_tensor_v2", (Constructor) TorchNames::tensor);
        names.put("torch._utils._rebuild_parameter", (Constructor) TorchNames::parameter);
        names.put("collections.OrderedDict", (Constructor) arguments -> none(arguments, new LinkedHashMap<>()));
        names.put("argparse.Namespace", (Constructor) arguments -> none(arguments, new Namespace()));
        names.put("torch.Size", (Constructor) TorchNames::only);
        names.put("torch.device", (Constructor) TorchNames::only);
        for (String path : List.of("PosixPath", "WindowsPath", "PurePosixPath", "PureWindowsPath")) {
            names.put("pathlib." + path, (Constructor) TorchNames::path);
        }
        for (String type : List.of("float32", "float16", "bfloat16", "float64", "int64", "int32")) {
            names.put("torch." + type, type);
        }
        return Map.copyOf(names);
    }

    /** {@code (storage, offset, shape, strides, requires_grad, hooks[, metadata])}. */
    private static Object tensor(List<Object> arguments) {
        if (arguments.size() >= 4
                && arguments.get(0) instanceof TorchTensor.Storage storage
                && arguments.get(1) instanceof Long offset
                && arguments.get(2) instanceof List<?> shape
                && arguments.get(3) instanceof List<?> strides) {
            return new TorchTensor(storage, offset, longs(shape), longs(strides));
        }
        throw new IllegalArgumentException("a tensor of " + arguments.size() + " arguments that do not fit");
    }

    /** {@code (data, requires_grad, hooks)}. */
    private static Object parameter(List<Object> arguments) {
        if (!arguments.isEmpty() && arguments.get(0) instanceof TorchTensor tensor) {
            return tensor;
        }
        throw new IllegalArgumentException("a parameter without a tensor");
    }

    private static Object none(List<Object> arguments, Object value) {
        boolean empty = arguments.isEmpty()
                || (arguments.size() == 1 && arguments.get(0) instanceof List<?> list && list.isEmpty());
        if (!empty) {
            throw new IllegalArgumentException("arguments where none belong");
        }
        return value;
    }

    private static Object only(List<Object> arguments) {
        return arguments.isEmpty() ? None.NONE : arguments.get(0);
    }

    private static Object path(List<Object> parts) {
        return parts.stream()
                .map(part -> part instanceof String text ? text : "?")
                .reduce((a, b) -> a.endsWith("/") ? a + b : a + "/" + b)
                .orElse("");
    }

    private static List<Long> longs(List<?> values) {
        return values.stream()
                .map(value -> {
                    if (value instanceof Long number) {
                        return number;
                    }
                    throw new IllegalArgumentException("a shape or stride that is no integer");
                })
                .toList();
    }
}
