package dev.fovea.repository;

/// Element type of a tensor.
public enum ElementType {
    FLOAT32(Float.BYTES),
    FLOAT16(2),
    UINT8(Byte.BYTES),
    INT64(Long.BYTES);

    private final int sizeBytes;

    ElementType(int sizeBytes) {
        this.sizeBytes = sizeBytes;
    }

    public int sizeBytes() {
        return sizeBytes;
    }
}
