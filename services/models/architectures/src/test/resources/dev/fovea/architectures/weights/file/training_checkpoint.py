"""Writes the pickles beside it, as torch.save makes them, by CPython's own pickler.

PyTorch is not needed: its names are stood in for by modules of the same names, since a pickle holds names only.
The tensors' numbers are not part of a pickle; the tests write them.

    python3 training_checkpoint.py
"""
import argparse
import collections
import pathlib
import pickle
import sys
import types


def module(name, **members):
    made = types.ModuleType(name)
    for key, value in members.items():
        if isinstance(value, type) or callable(value):
            value.__module__ = name
            value.__qualname__ = value.__name__ = key
        setattr(made, key, value)
    sys.modules[name] = made
    return made


class Storage:
    def __init__(self, key, kind, count):
        self.key, self.kind, self.count = key, kind, count


class Tensor:
    def __init__(self, storage, offset, size, stride):
        self.parts = (storage, offset, tuple(size), tuple(stride), False, collections.OrderedDict())

    def __reduce_ex__(self, protocol):
        return (utils._rebuild_tensor_v2, self.parts)


class Parameter(Tensor):
    def __reduce_ex__(self, protocol):
        return (utils._rebuild_parameter, (Tensor(*self.parts[:4]), True, collections.OrderedDict()))


class Float64:
    """A numpy scalar and its dtype, as numpy pickles them."""

    def __init__(self, raw):
        self.raw = raw

    def __reduce__(self):
        return (multiarray.scalar, (dtype('f8', False, True), self.raw))


class dtype:
    def __init__(self, *arguments):
        self.arguments = arguments

    def __reduce__(self):
        return (numpy.dtype, self.arguments, (3, '<', None, None, None, -1, -1, 0))


utils = module('torch._utils', _rebuild_tensor_v2=lambda *a: None, _rebuild_parameter=lambda *a: None)
torch = module('torch', FloatStorage=type('FloatStorage', (), {}), LongStorage=type('LongStorage', (), {}))
multiarray = module('numpy.core.multiarray', scalar=lambda *a: None)
module('numpy.core', multiarray=multiarray)
numpy = module('numpy', dtype=dtype, core=sys.modules['numpy.core'])


class Pickler(pickle.Pickler):
    def persistent_id(self, value):
        if isinstance(value, Storage):
            return ('storage', getattr(torch, value.kind), value.key, 'cpu', value.count)
        return None


def checkpoint():
    weight = Storage('0', 'FloatStorage', 12)
    state = collections.OrderedDict()
    state['conv.weight'] = Tensor(weight, 0, (2, 3), (3, 1))
    state['conv.transposed'] = Tensor(weight, 6, (3, 2), (1, 3))
    state['bn.weight'] = Parameter(Storage('1', 'FloatStorage', 2), 0, (2,), (1,))
    state['bn.num_batches_tracked'] = Tensor(Storage('2', 'LongStorage', 1), 0, (), ())
    state._metadata = collections.OrderedDict([('', {'version': 1}), ('bn', {'version': 2})])
    momentum = Tensor(Storage('3', 'FloatStorage', 2), 0, (2,), (1,))
    return {
        'epoch': 90,
        'arch': 'tiny',
        'loss': 0.25,
        'best_acc1': Float64(b'\x00\x00\x00\x00\x00\xe0Q@'),
        'args': argparse.Namespace(lr=0.1, layers=[2, 2], tags={'a', 'b'}),
        'state_dict': state,
        'optimizer': {'state': {0: {'momentum_buffer': momentum}}, 'param_groups': [{'lr': 0.1, 'params': [0]}]},
        'lr_scheduler': {'milestones': collections.Counter({30: 1, 60: 1}), 'history': collections.defaultdict(list)},
        'big': 2**70,
    }


def state_dictionary():
    state = collections.OrderedDict()
    state['w'] = Tensor(Storage('0', 'FloatStorage', 6), 0, (2, 3), (3, 1))
    state._metadata = collections.OrderedDict()
    return state


def write(name, protocol, value):
    with open(pathlib.Path(__file__).with_name(name), 'wb') as file:
        Pickler(file, protocol).dump(value)


for protocol in (2, 4, 5):
    write(f'training-protocol{protocol}.pkl', protocol, checkpoint())
write('state-dictionary-protocol2.pkl', 2, state_dictionary())
