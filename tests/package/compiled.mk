
# What `scripts/package --compiled FOLDER` puts at the end of debian/rules: the programs come from FOLDER, where
# scripts/test has compiled and tests them. All else is done as ever, but for the package of debug information, which
# takes longer to compress than all else together.
export DEB_BUILD_OPTIONS += noautodbgsym

override_dh_auto_build:
	tests/package/take_compiled.sh $(CCGATE_COMPILED) obj-$(shell dpkg-architecture -qDEB_HOST_GNU_TYPE)

override_dh_auto_install:
	DESTDIR=$(CURDIR)/debian/ccgate cmake --install obj-$(shell dpkg-architecture -qDEB_HOST_GNU_TYPE)
