package dev.fovea.architectures.weights.pickle;

import dev.fovea.architectures.weights.pickle.PickleValue.Entries;
import dev.fovea.architectures.weights.pickle.PickleValue.Items;
import dev.fovea.architectures.weights.pickle.PickleValue.Opaque;
import dev.fovea.architectures.weights.pickle.PickleValue.Whole;
import java.util.List;
import java.util.function.Consumer;

/// The opcodes of pickle protocols 0 to 5, by the names of Python's `pickletools`.
///
/// Those that only classes of one's own, extensions and out-of-band buffers need are refused.
enum Opcode {
    PROTO(0x80, PickleMachine::protocol),
    FRAME(0x95, PickleMachine::frame),
    STOP('.', machine -> {}),

    NONE('N', machine -> machine.push(PickleValue.NOTHING)),
    NEWTRUE(0x88, machine -> machine.push(new Whole(1))),
    NEWFALSE(0x89, machine -> machine.push(new Whole(0))),
    BININT('J', machine -> machine.push(machine.literals().signed32())),
    BININT1('K', machine -> machine.push(machine.literals().unsigned(1))),
    BININT2('M', machine -> machine.push(machine.literals().unsigned(2))),
    LONG1(0x8A, machine -> machine.push(machine.literals().integer(1))),
    LONG4(0x8B, machine -> machine.push(machine.literals().integer(4))),
    INT('I', machine -> machine.push(machine.literals().decimal())),
    LONG('L', machine -> machine.push(machine.literals().decimal())),
    FLOAT('F', machine -> machine.push(machine.literals().realLine())),
    BINFLOAT('G', machine -> machine.push(machine.literals().skipped(8L, "real"))),

    STRING('S', machine -> machine.push(machine.literals().textLine(true))),
    UNICODE('V', machine -> machine.push(machine.literals().textLine(false))),
    BINSTRING('T', machine -> machine.push(machine.literals().text(4))),
    SHORT_BINSTRING('U', machine -> machine.push(machine.literals().text(1))),
    BINUNICODE('X', machine -> machine.push(machine.literals().text(4))),
    SHORT_BINUNICODE(0x8C, machine -> machine.push(machine.literals().text(1))),
    BINUNICODE8(0x8D, machine -> machine.push(machine.literals().text(8))),
    BINBYTES('B', machine -> machine.push(machine.literals().skipped(4))),
    SHORT_BINBYTES('C', machine -> machine.push(machine.literals().skipped(1))),
    BINBYTES8(0x8E, machine -> machine.push(machine.literals().skipped(8))),
    BYTEARRAY8(0x96, machine -> machine.push(machine.literals().skipped(8))),

    EMPTY_LIST(']', machine -> machine.push(new Items(List.of()))),
    APPEND('a', machine -> machine.append(machine.stack().pop(1))),
    APPENDS('e', machine -> machine.append(machine.stack().popGroup())),
    LIST('l', machine -> machine.push(new Items(machine.stack().popGroup()))),
    EMPTY_TUPLE(')', machine -> machine.push(new Items(List.of()))),
    TUPLE('t', machine -> machine.push(new Items(machine.stack().popGroup()))),
    TUPLE1(0x85, machine -> machine.push(new Items(machine.stack().pop(1)))),
    TUPLE2(0x86, machine -> machine.push(new Items(machine.stack().pop(2)))),
    TUPLE3(0x87, machine -> machine.push(new Items(machine.stack().pop(3)))),
    EMPTY_DICT('}', machine -> machine.push(new Entries())),
    DICT('d', machine -> {
        List<PickleValue> group = machine.stack().popGroup();
        machine.push(new Entries());
        machine.put(group);
    }),
    SETITEM('s', machine -> machine.put(machine.stack().pop(2))),
    SETITEMS('u', machine -> machine.put(machine.stack().popGroup())),
    EMPTY_SET(0x8F, machine -> machine.push(new Opaque("set"))),
    ADDITEMS(0x90, machine -> machine.stack().popGroup()),
    FROZENSET(0x91, machine -> {
        machine.stack().popGroup();
        machine.push(new Opaque("set"));
    }),

    MARK('(', machine -> machine.stack().mark()),
    POP('0', machine -> machine.stack().pop()),
    POP_MARK('1', machine -> machine.stack().popGroup()),
    DUP('2', machine -> machine.push(machine.stack().peek())),
    PUT('p', machine -> machine.memoise(machine.literals().decimal())),
    BINPUT('q', machine -> machine.memoise(machine.literals().unsigned(1))),
    LONG_BINPUT('r', machine -> machine.memoise(machine.literals().unsigned(4))),
    MEMOIZE(0x94, machine -> machine.memo().append(machine.stack().peek())),
    GET('g', machine -> machine.recall(machine.literals().decimal())),
    BINGET('h', machine -> machine.recall(machine.literals().unsigned(1))),
    LONG_BINGET('j', machine -> machine.recall(machine.literals().unsigned(4))),

    GLOBAL('c', PickleMachine::global),
    STACK_GLOBAL(0x93, PickleMachine::globalOnStack),
    REDUCE('R', machine -> machine.calls().reduce()),
    NEWOBJ(0x81, machine -> machine.calls().reduce()),
    BUILD('b', machine -> machine.calls().build()),
    BINPERSID('Q', machine -> machine.calls().persistent()),

    INST('i', PickleMachine::global),
    PERSID('P', Opcode::refuse),
    OBJ('o', Opcode::refuse),
    EXT1(0x82, Opcode::refuse),
    EXT2(0x83, Opcode::refuse),
    EXT4(0x84, Opcode::refuse),
    NEWOBJ_EX(0x92, Opcode::refuse),
    NEXT_BUFFER(0x97, Opcode::refuse),
    READONLY_BUFFER(0x98, Opcode::refuse);

    private final int code;

    @SuppressWarnings("ImmutableEnumChecker") // the actions hold no state
    private final Consumer<PickleMachine> action;

    Opcode(int code, Consumer<PickleMachine> action) {
        this.code = code;
        this.action = action;
    }

    private static void refuse(PickleMachine machine) {
        throw machine.refusal();
    }

    int code() {
        return code;
    }

    void run(PickleMachine machine) {
        action.accept(machine);
    }
}
