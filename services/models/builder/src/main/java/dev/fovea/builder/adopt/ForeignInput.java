package dev.fovea.builder.adopt;

import dev.fovea.builder.adopt.InputOptions.Layout;
import dev.fovea.builder.adopt.InputOptions.Size;
import dev.fovea.onnx.DataType;
import dev.fovea.onnx.ForeignModel;
import dev.fovea.onnx.ForeignValue;
import dev.fovea.onnx.shape.Dim;
import dev.fovea.onnx.shape.Shape;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.PixelNormalization;
import dev.fovea.repository.TensorSpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// The one input of a foreign file, all its sizes known but the batch's.
///
/// @param shape with the batch dimension, which may be fixed
/// @param layout of its dimensions; of one channel, that it stands before the sides
record ForeignInput(String name, DataType type, Shape shape, Layout layout, Size size) {

    private static final int IMAGE_RANK = 4;
    /// Of an input that takes bytes: what its graph does to them is not known.
    static final PixelNormalization UNTOUCHED =
            new PixelNormalization(List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0), PixelNormalization.Place.GRAPH);

    private static final List<DataType> NUMBERS = List.of(DataType.FLOAT32, DataType.FLOAT16, DataType.UINT8);

    /// @param channels 3 for images, 1 for patches
    /// @throws IllegalArgumentException naming what does not fit
    static ForeignInput of(ForeignModel model, int channels, InputOptions options) {
        List<ForeignValue> inputs = model.inputs();
        if (inputs.size() != 1) {
            throw new IllegalArgumentException("it has " + inputs.size() + " inputs "
                    + inputs.stream().map(ForeignValue::name).toList() + "; exactly one can be filled");
        }
        ForeignValue input = inputs.getFirst();
        DataType type = input.type()
                .orElseThrow(() ->
                        new IllegalArgumentException("input " + input.name() + " is of a type that is not known here"));
        if (!NUMBERS.contains(type)) {
            throw new IllegalArgumentException(
                    "input " + input.name() + " is " + type + ", an image input is one of " + NUMBERS);
        }
        Shape declared = input.shape()
                .orElseThrow(() -> new IllegalArgumentException("input " + input.name() + " has no shape in the file"));
        if (declared.rank() != IMAGE_RANK) {
            throw new IllegalArgumentException("input " + input.name() + " is " + declared + ", an image input has 4"
                    + " dimensions: batch, channels and two sides");
        }
        Layout layout = layout(input.name(), declared, channels, options.layout());
        int channelAxis = layout == Layout.NCHW ? 1 : IMAGE_RANK - 1;
        int heightAxis = layout == Layout.NCHW ? 2 : 1;
        Size size = new Size(
                side(input.name(), declared, heightAxis, options.size().map(Size::heightPx)),
                side(input.name(), declared, heightAxis + 1, options.size().map(Size::widthPx)));
        Shape shape = declared.with(channelAxis, Dim.of(channels))
                .with(heightAxis, Dim.of(size.heightPx()))
                .with(heightAxis + 1, Dim.of(size.widthPx()));
        return new ForeignInput(input.name(), type, shape, layout, size);
    }

    /// The file's fixed batch size.
    Optional<Integer> fixedBatch() {
        return shape.isFixed(0) ? Optional.of(Math.toIntExact(shape.size(0))) : Optional.empty();
    }

    /// As ONNX Runtime is to be asked about it.
    TensorSpec spec() {
        return new TensorSpec(name, ElementType.valueOf(type.name()), itemShape(), "");
    }

    List<Integer> itemShape() {
        return IntStream.range(1, shape.rank())
                .mapToObj(axis -> Math.toIntExact(shape.size(axis)))
                .toList();
    }

    boolean takesBytes() {
        return type == DataType.UINT8;
    }

    /// @throws IllegalArgumentException unless a service could fill it
    void requirePlanes() {
        if (type != DataType.FLOAT32 || layout != Layout.NCHW) {
            throw new IllegalArgumentException("input " + name + " is " + type + " " + shape
                    + ": without its front of bytes it must be FLOAT32 in the order NCHW");
        }
    }

    private static Layout layout(String name, Shape shape, int channels, Optional<Layout> asked) {
        boolean first = !shape.isFixed(1) || shape.size(1) == channels;
        boolean last = !shape.isFixed(IMAGE_RANK - 1) || shape.size(IMAGE_RANK - 1) == channels;
        if (asked.isPresent()) {
            if (asked.get() == Layout.NCHW ? first : last) {
                return asked.get();
            }
            throw new IllegalArgumentException("input " + name + " is " + shape + ", which is not " + asked.get()
                    + " with " + channels + " channels");
        }
        boolean saysFirst = shape.isFixed(1) && first;
        boolean saysLast = shape.isFixed(IMAGE_RANK - 1) && last;
        if (saysFirst == saysLast) {
            throw new IllegalArgumentException("input " + name + " is " + shape + ": --layout NCHW or NHWC says where"
                    + " its " + channels + " channels are");
        }
        return saysFirst ? Layout.NCHW : Layout.NHWC;
    }

    private static int side(String name, Shape shape, int axis, Optional<Integer> asked) {
        if (!shape.isFixed(axis)) {
            return asked.orElseThrow(() -> new IllegalArgumentException(
                    "input " + name + " is " + shape + ": its size is open, --size says it"));
        }
        int side = Math.toIntExact(shape.size(axis));
        if (asked.isPresent() && asked.get() != side) {
            throw new IllegalArgumentException(
                    "input " + name + " is " + shape + ", which --size cannot make " + asked.get() + " px");
        }
        return side;
    }
}
