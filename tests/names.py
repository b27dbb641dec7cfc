#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
#
# names.py - looks for names in all that lies below a folder, byte by byte.
#
#   names.py FOLDER NAME...      prints "NAME: FILE (how)" for each that is there;
#                                exit status 1 where one is, 0 where none
#
# A file is searched as it is, and in whatever inflates of it: zlib's streams and
# raw ones are tried at each byte. Case and accents do not matter. A stream that does not
# end was cut in pieces by the database: behind the first one nothing but letters in no order
# comes out, and a name counts there as a whole word only.

import os
import re
import sys
import unicodedata
import zlib

LONGEST = 1 << 18    # of what is read of a stream, and of what it gives


def fold(text):
    plain = unicodedata.normalize('NFKD', text.casefold())
    return ''.join(c for c in plain if not unicodedata.combining(c))


def inflated(data, at, bits):
    """What a stream gives, and whether it ends."""
    stream = zlib.decompressobj(bits)
    try:
        return stream.decompress(data[at:at + LONGEST], LONGEST), stream.eof
    except zlib.error:
        return b'', True


def layers(data):
    yield 'as it is', data, True
    data = memoryview(data)
    for at in range(len(data)):
        # what cannot be the head of a stream: block type 3; zlib's check sum
        if data[at] & 6 != 6:
            out, ends = inflated(data, at, -15)
            if len(out) > 20:
                yield 'inflated at %d' % at, out, ends
        if data[at] & 15 == 8 and at + 1 < len(data) and (data[at] << 8 | data[at + 1]) % 31 == 0:
            out, ends = inflated(data, at, 15)
            if out:
                yield 'zlib at %d' % at, out, ends


def main(folder, names):
    wanted = {name: fold(name) for name in names}
    found = {}
    for top, _, files in os.walk(folder):
        for file in files:
            path = os.path.join(top, file)
            with open(path, 'rb') as f:
                data = f.read()
            for how, layer, ends in layers(data):
                text = None
                for name, folded in wanted.items():
                    if (name, path) in found:
                        continue
                    text = text if text is not None else fold(layer.decode('utf-8', 'replace'))
                    if folded in text and (ends or re.search(r'(?<!\w)%s(?!\w)' % re.escape(folded), text)):
                        found[name, path] = how
    for (name, path), how in sorted(found.items()):
        print('%s: %s (%s)' % (name, os.path.relpath(path, folder), how))
    return 1 if found else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1], sys.argv[2:]))
