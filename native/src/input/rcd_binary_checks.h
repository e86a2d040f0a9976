/* rcd_binary_checks.h : what must follow the first bytes of a file format, as its specification says.
 *
 *  Each is asked only where the signature at `p` is there, with as many bytes as rcd_binary_signatures.c
 *  says that it reads; `len` bytes are known in all. @return the kind of file, 0 when it is none */
#ifndef RCD_BINARY_CHECKS_H
#define RCD_BINARY_CHECKS_H

#include <stddef.h>
#include <stdint.h>

typedef int rcd_binary_check(const uint8_t *p, size_t len);
rcd_binary_check rcd_check_zip, rcd_check_gif, rcd_check_jpeg, rcd_check_gzip, rcd_check_elf,
    rcd_check_pdf, rcd_check_java, rcd_check_exe, rcd_check_id3, rcd_check_mpeg, rcd_check_riff,
    rcd_check_form, rcd_check_bzip2, rcd_check_bmp, rcd_check_icon, rcd_check_ar, rcd_check_cpio,
    rcd_check_tar, rcd_check_pyc, rcd_check_sfnt, rcd_check_woff, rcd_check_brand, rcd_check_tiff,
    rcd_check_swf, rcd_check_pickle, rcd_check_mo, rcd_check_lha, rcd_check_parquet,
    rcd_check_ogg, rcd_check_flac, rcd_check_djvu, rcd_check_zlib, rcd_check_eps, rcd_check_emf,
    rcd_check_terminfo, rcd_check_icc, rcd_check_pcapng, rcd_check_regf, rcd_check_dex,
    rcd_check_lzma, rcd_check_numpy, rcd_check_macho;

#endif
