# SPDX-License-Identifier: GPL-2.0-or-later
# Makes corpus/cues-data.c: awk -f embed.awk de.cues en.cues ... > cues-data.c

BEGIN {
	print "/* Made by cues/embed.awk from the tables beside it: edit those. */"
	print "#include \"corpus/cues-data.h\"\n"
	print "#include <stddef.h>\n"
	print "const char *const cues_data[] = {"
}
FNR == 1 && NR > 1 { print "\t," }
/^#/ { next }
{
	gsub(/\\/, "\\\\")
	gsub(/"/, "\\\"")
	print "\t\"" $0 "\\n\""
}
END {
	print "\t, NULL\n};"
}
